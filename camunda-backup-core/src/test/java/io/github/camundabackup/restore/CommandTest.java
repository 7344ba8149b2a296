package io.github.camundabackup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camundabackup.error.WaitTimedOutException;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.support.SteppingTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CommandTest {
    private final CompletableFuture<Void> never = new CompletableFuture<>();

    @Test
    void endsACommandThatDoesNotEnd() {
        try (ClientResources resources =
                ClientResources.builder().time(new SteppingTime()).build()) {
            Command command = new Command("wait", List.of("sh", "-c", "exec sleep 600"), Map.of());

            assertThatThrownBy(() ->
                            command.run(resources, Duration.ofMinutes(5), never).join())
                    .hasCauseInstanceOf(WaitTimedOutException.class)
                    .hasMessageContaining("The command sh to wait did not end within 300 s. It was ended.");
        }
    }

    @Test
    void givesTheWholeOutputAndNoInput() {
        try (ClientResources resources = ClientResources.create()) {
            Command command = new Command("count", List.of("sh", "-c", "cat; echo $A; echo 2 >&2"), Map.of("A", "1"));

            assertThat(command.run(resources, Duration.ofMinutes(5), never).join())
                    .containsExactly("1", "2");
        }
    }
}
