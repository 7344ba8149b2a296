package io.github.camundabackup.component;

import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.Protocol;
import java.time.Duration;

/**
 * What differs between the components' backup endpoints.
 *
 * @param component the component
 * @param path the actuator endpoint
 * @param absentGrace for how long an accepted backup may be answered with "not found"
 * @param incompleteGrace for how long it may stay INCOMPLETE without any change
 * @param unclearGrace for how long the component may refuse or fail to answer the question for its state
 */
record ComponentRules(
        Component component, String path, Duration absentGrace, Duration incompleteGrace, Duration unclearGrace) {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    // Components show INCOMPLETE between two parts, and change from IN_PROGRESS to INCOMPLETE for good when nothing has
    // happened for
    // incompleteCheckTimeout, 300 s by default.
    private static final Duration INCOMPLETE_CHECK_TIMEOUT_WITH_MARGIN = Duration.ofSeconds(330);

    // Twice the time after which a gateway gives up on a broker.
    private static final Duration TWICE_BROKER_TIMEOUT = Duration.ofSeconds(30);

    // Operate 8.6 on OpenSearch refuses the question until its backup is complete; only the caller's deadline ends
    // that.
    private static final Duration UNTIL_THE_DEADLINE = Duration.ofDays(365);

    static ComponentRules optimize() {
        return new ComponentRules(
                Component.OPTIMIZE, "backups", MINUTE, INCOMPLETE_CHECK_TIMEOUT_WITH_MARGIN, Duration.ofMinutes(5));
    }

    static ComponentRules operate() {
        return new ComponentRules(
                Component.OPERATE, "backups", MINUTE, INCOMPLETE_CHECK_TIMEOUT_WITH_MARGIN, UNTIL_THE_DEADLINE);
    }

    static ComponentRules tasklist() {
        return new ComponentRules(
                Component.TASKLIST, "backups", MINUTE, INCOMPLETE_CHECK_TIMEOUT_WITH_MARGIN, UNTIL_THE_DEADLINE);
    }

    static ComponentRules webApplications() {
        return new ComponentRules(
                Component.WEB_APPLICATIONS,
                "backupHistory",
                MINUTE,
                INCOMPLETE_CHECK_TIMEOUT_WITH_MARGIN,
                Duration.ofMinutes(5));
    }

    static ComponentRules zeebe(Protocol protocol) {
        String path = switch (protocol) {
            case UP_TO_8_7 -> "backups";
            case FROM_8_8 -> "backupRuntime";
        };
        return new ComponentRules(
                Component.ZEEBE, path, TWICE_BROKER_TIMEOUT, TWICE_BROKER_TIMEOUT, Duration.ofMinutes(2));
    }
}
