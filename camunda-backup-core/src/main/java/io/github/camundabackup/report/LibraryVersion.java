package io.github.camundabackup.report;

import java.util.Optional;

/**
 * The version of this library that runs. On the module path it comes from the module, on the class path from the jar.
 */
final class LibraryVersion {
    private LibraryVersion() {}

    static String text() {
        return "camunda-backup/" + version();
    }

    private static String version() {
        return Optional.ofNullable(LibraryVersion.class.getModule().getDescriptor())
                .flatMap(descriptor -> descriptor.rawVersion())
                .or(() -> Optional.ofNullable(LibraryVersion.class.getPackage().getImplementationVersion()))
                .orElse("unknown");
    }
}
