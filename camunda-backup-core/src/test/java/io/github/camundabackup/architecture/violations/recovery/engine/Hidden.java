package io.github.camundabackup.architecture.violations.recovery.engine;

public interface Hidden {}
