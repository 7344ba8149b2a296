package io.github.camundabackup.bucket;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A bucket that makes up what it lists, so that whatever stays in memory was kept by whoever listed it. */
final class Endless implements ObjectStore {
    private static final int PAGE = 1000;
    private static final int FIRST_ID = 1_000_000;
    /** How often is counted what is still in memory; each time costs a collection of garbage. */
    private static final int COUNTED_EVERY = 250_000;

    final AtomicInteger listed = new AtomicInteger();
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger atOnce = new AtomicInteger();
    final AtomicInteger mostAlive = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private final Queue<WeakReference<StoredObject>> given = new ConcurrentLinkedQueue<>();
    private final int backups;
    private final int partitions;
    private final int files;

    Endless(int backups, int partitions, int files) {
        this.backups = backups;
        this.partitions = partitions;
        this.files = files;
    }

    @Override
    public ObjectPage list(String prefix, Optional<String> page) {
        atOnce.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        try {
            String[] names = prefix.split("/", -1);
            boolean manifests = names[0].equals("manifests");
            int each = manifests ? 1 : files;
            int from = page.map(Integer::parseInt).orElse(0);
            int to = Math.min(from + PAGE, backups * each);
            List<StoredObject> objects = new ArrayList<>();
            for (int i = from; i < to; i++) {
                String copy = prefix + (FIRST_ID + i / each) + "/0/";
                StoredObject object =
                        StoredObject.of(copy + (manifests ? "manifest.json" : "segments/" + file(i % each)), 7);
                objects.add(object);
                given.add(new WeakReference<>(object));
            }
            int before = listed.getAndAdd(objects.size());
            if (before / COUNTED_EVERY != (before + objects.size()) / COUNTED_EVERY) {
                countAlive();
            }
            return new ObjectPage(
                    objects, List.of(), to == backups * each ? Optional.empty() : Optional.of(String.valueOf(to)));
        } finally {
            underWay.decrementAndGet();
        }
    }

    /** What is listed after the collection began is not counted: it may be garbage that is not collected yet. */
    private synchronized void countAlive() {
        List<WeakReference<StoredObject>> before = List.copyOf(given);
        System.gc();
        mostAlive.accumulateAndGet(
                (int) before.stream().filter(Endless::isAlive).count(), Math::max);
        given.removeIf(reference -> !isAlive(reference));
    }

    private static boolean isAlive(Reference<StoredObject> reference) {
        return !reference.refersTo(null);
    }

    private static String file(int number) {
        return (char) ('a' + number) + ".log";
    }

    @Override
    public ObjectPage listFolder(String folder, Optional<String> page) {
        return new ObjectPage(
                List.of(),
                folder.equals("manifests/") || folder.equals("contents/")
                        ? IntStream.rangeClosed(1, partitions)
                                .mapToObj(partition -> folder + partition + "/")
                                .toList()
                        : List.of(),
                Optional.empty());
    }

    @Override
    public Optional<StoredObject> head(String key) {
        return Optional.empty();
    }

    @Override
    public InputStream open(String key) {
        opened.incrementAndGet();
        String[] names = key.split("/", -1);
        String named = IntStream.range(0, files)
                .mapToObj(i -> "{'name':'" + file(i) + "'}")
                .collect(Collectors.joining(","));
        return new ByteArrayInputStream(("{'id':{'nodeId':0,'partitionId':" + names[1] + ",'checkpointId':" + names[2]
                        + "},'statusCode':'COMPLETED','descriptor':{'checkpointPosition':10,'numberOfPartitions':"
                        + partitions + ",'brokerVersion':'8.9.0'},'segments':{'files':[" + named + "]}}")
                .replace('\'', '"')
                .getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String description() {
        return "made-up store";
    }

    @Override
    public void close() {
        // There is nothing to free.
    }
}
