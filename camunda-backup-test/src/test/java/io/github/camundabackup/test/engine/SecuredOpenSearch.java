package io.github.camundabackup.test.engine;

import io.github.camundabackup.test.process.Http;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** An OpenSearch with its security plugin: TLS with an authority of its own, and only an administrator. */
public final class SecuredOpenSearch {
    private static final String HOME = "camunda-backup.secured-opensearch.home";

    // The plugin's own example: the hash is that of the password "admin".
    private static final String ADMINISTRATOR =
            "admin:\n  hash: \"$2a$12$VcCDgh2NDk07JGN0rjGbM.Ad41qVR/YFJcgHp0UGns5JDymv..TOG\"\n";

    private SecuredOpenSearch() {}

    /**
     * Starts the one that the build has unpacked, and waits until it answers.
     *
     * @throws IllegalStateException if it is not there or does not start
     */
    public static EngineProcess start(Certificates certificates) {
        String home = System.getProperty(HOME);
        if (home == null || !Files.isDirectory(Path.of(home, "plugins", "opensearch-security"))) {
            throw new IllegalStateException("There is no OpenSearch with its security plugin in " + home
                    + " (system property " + HOME + "). Run \"mvn verify -Psecured-engine -Dtest=none"
                    + " -pl camunda-backup-opensearch -am\": the build unpacks it before it runs these tests.");
        }
        try {
            return EngineProcess.start(
                    EngineKind.OPENSEARCH,
                    Path.of(home),
                    null,
                    new EngineSetup(
                            settings(),
                            files(certificates),
                            "https",
                            new Http(
                                    certificates.trusting(),
                                    "Basic "
                                            + Base64.getEncoder()
                                                    .encodeToString("admin:admin".getBytes(StandardCharsets.UTF_8)))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String layer : new String[] {"transport", "http"}) {
            String prefix = "plugins.security.ssl." + layer + ".";
            settings.put(prefix + "keystore_type", "PKCS12");
            settings.put(prefix + "keystore_filepath", "node.p12");
            settings.put(prefix + "keystore_alias", "node");
            settings.put(prefix + "keystore_password", Certificates.PASSWORD);
            settings.put(prefix + "truststore_type", "PKCS12");
            settings.put(prefix + "truststore_filepath", "trust.p12");
            settings.put(prefix + "truststore_password", Certificates.PASSWORD);
        }
        settings.put("plugins.security.ssl.transport.enforce_hostname_verification", "false");
        settings.put("plugins.security.ssl.http.enabled", "true");
        settings.put("plugins.security.nodes_dn", "[\"" + Certificates.NAME + "\"]");
        settings.put("plugins.security.allow_default_init_securityindex", "true");
        settings.put("plugins.security.restapi.roles_enabled", "[\"all_access\"]");
        settings.put("plugins.security.audit.type", "noop");
        // As an installation has it: a restore needs more privileges than that for the request itself.
        settings.put("plugins.security.check_snapshot_restore_write_privileges", "true");
        settings.put("plugins.security.enable_snapshot_restore_privilege", "true");
        return settings;
    }

    private static Map<String, byte[]> files(Certificates certificates) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("node.p12", Files.readAllBytes(certificates.keyStore()));
        files.put("trust.p12", Files.readAllBytes(certificates.trustStore()));
        for (String empty : new String[] {"roles", "actiongroups", "tenants", "nodesdn"}) {
            files.put("opensearch-security/" + fileName(empty), text(meta(empty)));
        }
        files.put(
                "opensearch-security/config.yml",
                text(meta("config") + "config:\n  dynamic:\n    authc:\n      basic:\n        http_enabled: true\n"
                        + "        order: 0\n        http_authenticator:\n          type: basic\n"
                        + "          challenge: true\n        authentication_backend:\n          type: intern\n"));
        files.put("opensearch-security/internal_users.yml", text(meta("internalusers") + ADMINISTRATOR));
        // Nobody gets the role own_index, which holds privileges that an account should have of its own.
        files.put(
                "opensearch-security/roles_mapping.yml",
                text(meta("rolesmapping") + "all_access:\n  users:\n  - admin\n"));
        files.put("opensearch-security/audit.yml", text(meta("audit") + "config:\n  enabled: false\n  audit: {}\n"));
        for (String list : new String[] {"allowlist", "whitelist"}) {
            files.put(
                    "opensearch-security/" + list + ".yml",
                    text(meta(list) + "config:\n  enabled: false\n  requests: {}\n"));
        }
        return files;
    }

    private static String fileName(String type) {
        return switch (type) {
            case "actiongroups" -> "action_groups.yml";
            case "nodesdn" -> "nodes_dn.yml";
            default -> type + ".yml";
        };
    }

    private static String meta(String type) {
        return "_meta:\n  type: \"" + type + "\"\n  config_version: 2\n";
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
