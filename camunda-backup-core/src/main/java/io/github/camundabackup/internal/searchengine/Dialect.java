package io.github.camundabackup.internal.searchengine;

import java.util.List;
import java.util.Map;

/** The differences between Elasticsearch and OpenSearch; everything else is shared. */
public interface Dialect {

    /** The product's name, as {@link io.github.camundabackup.snapshot.EngineInfo#name()} gives it. */
    String engineName();

    /** Whether a snapshot takes the features' system indices along unless the request says not to. */
    boolean hasFeatureStates();

    /** Where the engine shows one of the policies by which it deletes old indices: the segments of a path. */
    List<String> policy(String name);

    /** The settings, below {@code index}, that make an index a plain one, whatever kind a template would make of it. */
    Map<String, Object> plainIndex();

    /** What to grant for the given kind of request, as a sentence for an error message. */
    String grant(Privilege privilege);

    /** Kinds of requests for which engines want different privileges. */
    enum Privilege {
        SEE_ENGINE,
        SEE_TEMPLATES,
        SEE_REPOSITORY,
        VERIFY_REPOSITORY,
        SEE_SNAPSHOTS,
        CREATE_SNAPSHOT,
        DELETE_SNAPSHOT,
        RESTORE_SNAPSHOT,
        RAISE_LIMITS,
        SEE_INDICES,
        SEE_POLICIES,
        COUNT_DOCUMENTS,
        READ_RECORDS,
        DELETE_INDICES,
        KEEP_JOURNAL
    }
}
