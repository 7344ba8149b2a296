package io.github.camundabackup.architecture.violations.model;

public final class Allowed {}
