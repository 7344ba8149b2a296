package io.github.camundabackup.test.internal.web;

import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import io.github.camundabackup.test.simulation.model.Server;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The planned faults, in the order in which they come. Thread-safe. */
public final class FaultPlan {
    private final List<Planned> planned = new ArrayList<>();

    /**
     * @param skip how many matching requests pass first
     * @param times how many matching requests then get the fault
     * @param fault empty if they are answered as ever
     * @param action called for each of them when the fault has happened; without a fault, before it is carried out
     */
    public synchronized void add(RequestMatcher matcher, int skip, int times, Optional<Fault> fault, Runnable action) {
        planned.add(new Planned(matcher, skip, times, new Chosen(fault, action)));
    }

    public synchronized void clear() {
        planned.clear();
    }

    /** How many faults have not happened yet. Those without an end do not count once they happened. */
    public synchronized int outstanding() {
        int outstanding = 0;
        for (Planned plan : planned) {
            if (plan.times != Integer.MAX_VALUE) {
                outstanding += plan.times;
            } else if (!plan.happened) {
                outstanding++;
            }
        }
        return outstanding;
    }

    /** The fault for this request. Every plan counts the requests that match it, also those that another plan gets. */
    synchronized Optional<Chosen> next(Server server, WebRequest request) {
        Optional<Chosen> chosen = Optional.empty();
        for (Iterator<Planned> plans = planned.iterator(); plans.hasNext(); ) {
            Planned plan = plans.next();
            if (!plan.matcher.matches(server, request.method(), request.path(), request.rawQuery())) {
                continue;
            }
            if (plan.skip > 0) {
                plan.skip--;
            } else if (chosen.isEmpty()) {
                chosen = Optional.of(plan.chosen);
                plan.happened = true;
                if (plan.times != Integer.MAX_VALUE && --plan.times == 0) {
                    plans.remove();
                }
            }
        }
        return chosen;
    }

    /** A fault, if any, and what is to be done when it has happened. */
    record Chosen(Optional<Fault> fault, Runnable action) {}

    private static final class Planned {
        private final RequestMatcher matcher;
        private final Chosen chosen;
        private int skip;
        private int times;
        private boolean happened;

        Planned(RequestMatcher matcher, int skip, int times, Chosen chosen) {
            this.matcher = matcher;
            this.skip = skip;
            this.times = times;
            this.chosen = chosen;
        }
    }
}
