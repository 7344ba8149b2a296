package io.github.camundabackup.test.camunda;

import io.github.camundabackup.model.Component;
import io.github.camundabackup.restore.control.ClusterControl;
import io.github.camundabackup.restore.control.CommandControl;
import io.github.camundabackup.restore.control.ZeebeRestore;
import io.github.camundabackup.runtime.ClientResources;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Stops and starts the processes of a real cluster, and has Zeebe restored by Camunda's own application. */
final class StackControl implements ClusterControl {
    private final CamundaStack stack;
    private final ClientResources resources;
    private final CommandControl commands;

    StackControl(CamundaStack stack, ClientResources resources) {
        this.stack = stack;
        this.resources = resources;
        commands = CommandControl.builder(resources)
                .broker(0, stack.clearZeebe(), stack.restoreZeebe())
                .build();
    }

    @Override
    public CompletableFuture<Void> stop(List<Component> components) {
        return CompletableFuture.runAsync(() -> servers(components).forEach(CamundaServer::kill), resources.executor());
    }

    @Override
    public CompletableFuture<Void> restoreZeebe(ZeebeRestore zeebe) {
        return commands.restoreZeebe(zeebe).thenRun(stack::cleanRestoredLogs);
    }

    @Override
    public CompletableFuture<Void> start(List<Component> components) {
        return CompletableFuture.runAsync(stack::bringBack, resources.executor());
    }

    private List<CamundaServer> servers(List<Component> components) {
        return components.stream().map(stack::server).toList();
    }
}
