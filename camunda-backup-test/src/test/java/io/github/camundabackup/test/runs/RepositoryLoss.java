package io.github.camundabackup.test.runs;

/** What an administrator can do to a registered repository, so that nothing more is written to it. */
enum RepositoryLoss {
    GONE {
        @Override
        void to(EngineWeb engine, String repository) {
            engine.delete("/_snapshot/" + repository);
        }
    },
    READ_ONLY {
        @Override
        void to(EngineWeb engine, String repository) {
            String registered = engine.send("GET", "/_snapshot/" + repository, "");
            String itself = registered.substring(registered.indexOf(":{") + 1, registered.length() - 1);
            engine.send(
                    "PUT", "/_snapshot/" + repository, itself.replaceFirst("\"settings\":\\{", "$0\"readonly\":true,"));
        }
    };

    abstract void to(EngineWeb engine, String repository);
}
