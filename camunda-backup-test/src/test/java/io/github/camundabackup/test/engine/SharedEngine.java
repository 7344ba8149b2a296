package io.github.camundabackup.test.engine;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives test classes the one engine of the test run as a parameter of their {@code @BeforeAll}: starting it takes
 * longer than most of them. Each class finds it empty. For classes that do not kill it, and run one after the other.
 */
public final class SharedEngine implements BeforeAllCallback, ParameterResolver {
    @Override
    public void beforeAll(ExtensionContext context) {
        engine(context).empty();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == EngineProcess.class;
    }

    @Override
    public EngineProcess resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return engine(context);
    }

    private static EngineProcess engine(ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(SharedEngine.class))
                .computeIfAbsent(
                        EngineProcess.class,
                        key -> EngineProcess.start(EngineUnderTest.find().kind()),
                        EngineProcess.class);
    }
}
