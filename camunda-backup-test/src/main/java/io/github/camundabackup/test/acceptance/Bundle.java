package io.github.camundabackup.test.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The files that can be attached to an issue. */
final class Bundle {
    private Bundle() {}

    static void write(AcceptanceReport report, Path target) throws IOException {
        requireFree(target);
        Map<String, String> files = files(report);
        if (isZip(target)) {
            try (ZipOutputStream zip =
                    new ZipOutputStream(Files.newOutputStream(target, StandardOpenOption.CREATE_NEW))) {
                for (Map.Entry<String, String> file : files.entrySet()) {
                    zip.putNextEntry(new ZipEntry(file.getKey()));
                    zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                    zip.closeEntry();
                }
            }
            return;
        }
        Files.createDirectories(target);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(target.resolve(file.getKey()), file.getValue(), StandardOpenOption.CREATE_NEW);
        }
    }

    /** Fails if writing a bundle there would replace something. */
    static void requireFree(Path target) throws IOException {
        if (isZip(target) || !Files.isDirectory(target)) {
            if (Files.exists(target)) {
                throw new FileAlreadyExistsException(target + " exists");
            }
            return;
        }
        try (Stream<Path> there = Files.list(target)) {
            if (there.findAny().isPresent()) {
                throw new FileAlreadyExistsException("The directory " + target + " is not empty");
            }
        }
    }

    private static boolean isZip(Path target) {
        return target.toString().endsWith(".zip");
    }

    private static Map<String, String> files(AcceptanceReport report) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("report.txt", report + "\n");
        files.put("report.json", report.toJson() + "\n");
        List<AcceptanceResult> results = report.results();
        for (int i = 0; i < results.size(); i++) {
            AcceptanceResult result = results.get(i);
            files.put(String.format("%02d-%s.txt", i + 1, result.name()), text(result));
        }
        return files;
    }

    private static String text(AcceptanceResult result) {
        return result
                + result.answer()
                        .map(answer -> "\n\n--- the cluster\n" + answer)
                        .orElse("\n")
                + result.expected()
                        .map(expected -> "\n--- the simulated cluster\n" + expected)
                        .orElse("");
    }
}
