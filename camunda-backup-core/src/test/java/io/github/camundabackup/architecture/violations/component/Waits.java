package io.github.camundabackup.architecture.violations.component;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Holds threads, reads clocks and prints. */
public final class Waits {
    public void sleep() throws InterruptedException {
        Thread.sleep(1);
    }

    public void sleepInUnits() throws InterruptedException {
        TimeUnit.DAYS.sleep(1);
    }

    public void park() {
        LockSupport.parkNanos(1);
    }

    public Instant now() {
        return Instant.now();
    }

    public long nanoTime() {
        return System.nanoTime();
    }

    public long currentTimeMillis() {
        return System.currentTimeMillis();
    }

    public Clock clock() {
        return Clock.systemUTC();
    }

    public void print() {
        System.out.println();
    }

    public void printError() {
        System.err.println();
    }
}
