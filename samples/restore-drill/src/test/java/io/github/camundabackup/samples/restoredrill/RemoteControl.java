package io.github.camundabackup.samples.restoredrill;

import com.sun.net.httpserver.HttpServer;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/** Lets commands of a shell stop, restore and start a simulated cluster, as those of a real one do. */
final class RemoteControl implements AutoCloseable {
    private final SimulatedCluster cluster;
    private final HttpServer server;
    private final Map<String, Runnable> events = new ConcurrentHashMap<>();
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    RemoteControl(SimulatedCluster cluster) throws IOException {
        this.cluster = cluster;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String[] call = exchange.getRequestURI().getPath().substring(1).split("/", -1);
            String answer;
            int status = 200;
            try {
                answer = answer(call[0], call[1]);
            } catch (CompletionException e) {
                answer = String.valueOf(e.getCause());
                status = 500;
            }
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    /**
     * What happens right before something is first done at a command: {@code stop}, {@code clear}, {@code restore} or
     * {@code start}.
     */
    void before(String verb, Runnable event) {
        events.put(verb, event);
    }

    /** What the commands have asked for, in the order in which it came. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    /** The cluster, and the commands, as the environment says them. */
    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("CAMUNDA_BACKUP_DRILL", "circle");
        environment.put("CAMUNDA_BACKUP_SEARCH_ENGINE", cluster.engine().name().toLowerCase(Locale.ROOT));
        environment.put("CAMUNDA_BACKUP_REPOSITORY", cluster.repository());
        cluster.servers().forEach(name -> {
            environment.put("CAMUNDA_BACKUP_" + name + "_URL", cluster.uri(name).toString());
            if (!name.name().equals("SEARCH_ENGINE")) {
                environment.put("CAMUNDA_BACKUP_STOP_" + name, command("stop/" + name));
                environment.put("CAMUNDA_BACKUP_START_" + name, command("start/" + name));
            }
        });
        environment.put("CAMUNDA_BACKUP_BROKER_0_CLEAR", command("clear/0"));
        environment.put("CAMUNDA_BACKUP_BROKER_0_RESTORE", command("restore"));
        return environment;
    }

    private String command(String path) {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + path);
        return "'" + Path.of(System.getProperty("java.home"), "bin", "java")
                + "' -Xshare:auto -XX:TieredStopAtLevel=1 -cp '" + System.getProperty("java.class.path") + "' "
                + RemoteCommand.class.getName() + " " + uri;
    }

    private String answer(String verb, String what) {
        calls.add(verb + " " + what);
        Optional.ofNullable(events.remove(verb)).ifPresent(Runnable::run);
        switch (verb) {
            case "stop" -> cluster.control().stop(on(what)).join();
            case "start" -> cluster.control().start(on(what)).join();
            case "restore" -> {
                BackupId id = BackupId.parse(what.replace("--backupId=", ""));
                cluster.control().restoreZeebe(id).join();
                return "Successfully restored broker from backup " + id;
            }
            default -> {
                // The simulated brokers' data goes when they are restored.
            }
        }
        return "done";
    }

    private static List<Component> on(String server) {
        return List.of(server.equals("ORCHESTRATION") ? Component.WEB_APPLICATIONS : Component.parse(server));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
