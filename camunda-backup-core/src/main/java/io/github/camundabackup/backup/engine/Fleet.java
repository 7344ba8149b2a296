package io.github.camundabackup.backup.engine;

import io.github.camundabackup.internal.concurrent.Admission;
import io.github.camundabackup.runtime.ClientResources;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.stream.Stream;

/**
 * What all backups share that share their resources: how many of them go on at once, and how many keep exporting paused
 * at once. A process that is short of memory begins neither another backup nor another pause, unless there is none.
 */
final class Fleet {
    /** One part of so many of the heap stays free for what goes on already. */
    private static final int RESERVE = 8;

    private final Admission runs;
    private final Admission pauses;

    private Fleet(ClientResources resources) {
        runs = new Admission(resources.backupsAtOnce(), Fleet::hasMemory, resources.executor(), resources.time());
        pauses = new Admission(resources.pausedAtOnce(), Fleet::hasMemory, resources.executor(), resources.time());
    }

    static Fleet of(ClientResources resources) {
        return resources.shared(Fleet.class, Fleet::new);
    }

    Admission runs() {
        return runs;
    }

    Admission pauses() {
        return pauses;
    }

    /** What was left after the last collections: what is in the heap now is garbage to an unknown part. */
    private static boolean hasMemory() {
        long most = Runtime.getRuntime().maxMemory();
        long used = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .flatMap(pool -> Stream.ofNullable(pool.getCollectionUsage()))
                .mapToLong(MemoryUsage::getUsed)
                .sum();
        return most - used > most / RESERVE;
    }
}
