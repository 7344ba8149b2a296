package io.github.camundabackup.report;

import java.util.Optional;

/** Which version of this library runs. On the module path the module tells it, on the class path the jar does. */
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
