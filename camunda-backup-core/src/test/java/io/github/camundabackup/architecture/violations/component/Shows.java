package io.github.camundabackup.architecture.violations.component;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.camundabackup.architecture.violations.internal.http.Hidden;
import io.github.resilience4j.retry.Retry;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Every way to show users what they must not see, one at a time; and ways to use it unseen. */
public final class Shows {
    private Shows() {}

    public static final class InField {
        public final Optional<Integer> innocent = Optional.empty();
        public final Hidden hidden = new Hidden();
    }

    public static class InProtectedField {
        protected final Hidden hidden = new Hidden();
    }

    public interface InParameter {
        void take(Hidden hidden);
    }

    public static final class InConstructor {
        public InConstructor(Hidden hidden) {
            throw hidden;
        }
    }

    public interface InReturnType {
        Hidden give();
    }

    public interface InArray {
        Hidden[] give();
    }

    public interface InException {
        void run() throws Hidden;
    }

    public static final class AsSuperclass extends Hidden {
        private static final long serialVersionUID = 1L;
    }

    public interface AsArgumentOfSupertype extends Supplier<Hidden> {}

    public interface InTypeArgument {
        CompletableFuture<Map<String, ? extends List<Hidden>>> give();
    }

    public interface InBoundOfClass<T extends Hidden> {
        List<T> innocent();
    }

    public interface InBoundOfMethod {
        <T extends Hidden> void take();
    }

    public static class Inherited extends NotVisible {}

    public interface HttpClients {
        HttpClient give();
    }

    public interface Retries {
        Retry give();
    }

    public interface Jackson {
        void run() throws JsonProcessingException;
    }

    /** Not visible, so it shows nothing by itself. */
    static class NotVisible {
        public void take(Hidden hidden) {
            throw hidden;
        }
    }

    /** Visible, but keeps it to itself. */
    public static final class Unseen {
        private final Hidden hidden = new Hidden();

        Hidden forThePackage() {
            return hidden;
        }

        private List<Hidden> forItself() {
            return List.of(hidden);
        }

        @Override
        public String toString() {
            return forItself().toString();
        }
    }
}
