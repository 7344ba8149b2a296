package io.github.camundabackup.samples.restoredrill;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** A program that asks a {@link RemoteControl}, and ends with 1 if that refuses. */
final class RemoteCommand {
    private RemoteCommand() {}

    /**
     * @param arguments a URI; what follows becomes the rest of its path
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(String.join("/", arguments)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        System.out.println(answer.body());
        System.exit(answer.statusCode() == 200 ? 0 : 1);
    }
}
