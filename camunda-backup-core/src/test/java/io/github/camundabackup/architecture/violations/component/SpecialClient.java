package io.github.camundabackup.architecture.violations.component;

public interface SpecialClient {}
