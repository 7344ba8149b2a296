package io.github.camundabackup.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** What a future ended with. The limit is only there so that a defect fails a test instead of hanging it. */
public final class Outcomes {
    private static final int LIMIT_SECONDS = 30;

    private Outcomes() {}

    public static <T> T resultOf(CompletableFuture<T> future) throws Exception {
        return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    public static <E extends Throwable> E failureOf(CompletableFuture<?> future, Class<E> type) {
        Throwable thrown = catchThrowable(() -> future.get(LIMIT_SECONDS, TimeUnit.SECONDS));
        assertThat(thrown).as("failure").isInstanceOf(ExecutionException.class);
        Throwable cause = Objects.requireNonNull(thrown.getCause());
        assertThat(cause).isInstanceOf(type);
        return type.cast(cause);
    }

    /** All that a log would show of a failure: its message and those of its causes. */
    public static String stackTraceOf(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
