package io.github.camundabackup.test.camunda;

import com.fasterxml.jackson.databind.JsonNode;

/** A record as it is in the search engine. */
record ExportedRecord(
        int partition, long position, long sequence, String valueType, String intent, long key, JsonNode value) {

    static ExportedRecord of(JsonNode source) {
        return new ExportedRecord(
                source.path("partitionId").asInt(),
                source.path("position").asLong(),
                source.path("sequence").asLong(),
                source.path("valueType").asText(),
                source.path("intent").asText(),
                source.path("key").asLong(),
                source.path("value"));
    }

    long processInstance() {
        return value.path("processInstanceKey").asLong();
    }

    /** Whether a process instance, and not one of its elements, does that. */
    boolean isOfProcess(String what) {
        return valueType.equals("PROCESS_INSTANCE")
                && intent.equals(what)
                && value.path("bpmnElementType").asText().equals("PROCESS");
    }

    boolean isOfUserTask(String what) {
        return valueType.equals("USER_TASK") && intent.equals(what);
    }
}
