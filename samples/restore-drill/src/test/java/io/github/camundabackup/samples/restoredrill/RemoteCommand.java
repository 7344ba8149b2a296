package io.github.camundabackup.samples.restoredrill;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;

/**
 * A program that asks a {@link RemoteControl}, and ends with 1 if that refuses. Starts fast, as there are many of them.
 */
final class RemoteCommand {
    private RemoteCommand() {}

    /**
     * @param arguments a URI; what follows becomes the rest of its path
     */
    public static void main(String[] arguments) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create(String.join("/", arguments)).toURL().openConnection();
        boolean done = connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        try (InputStream answer = done ? connection.getInputStream() : connection.getErrorStream()) {
            answer.transferTo(System.out);
        }
        System.out.println();
        System.exit(done ? 0 : 1);
    }
}
