package io.github.camundabackup.architecture.violations.internal.json;

import com.fasterxml.jackson.databind.ObjectMapper;

public final class MayUseJackson {
    public ObjectMapper mapper() {
        return new ObjectMapper();
    }
}
