package da3.server.tasks;

import da3.nn.Progress;

/** Steps of all kinds as one number from 0 to 1 that never falls, told no finer than every percent. */
final class TaskProgress implements Progress {

    private static final double PHOTOS = 0.1;
    private static final double NETWORK = 0.7;
    private static final double EXPORTS = 1 - PHOTOS - NETWORK;

    /** Of a network's time; the rest is its heads'. */
    private static final double BACKBONE = 0.8;

    private static final double FINEST = 0.01;

    /** Is told where a task is. */
    @FunctionalInterface
    interface Listener {
        void at(double progress, String stage);
    }

    private final int passes;
    private final Listener listener;
    private int pass;
    private String stage = "";
    private double progress;
    private double told = -1;

    /** @param passes networks that run one after the other */
    TaskProgress(int passes, Listener listener) {
        this.passes = passes;
        this.listener = listener;
    }

    void photo(int done, int total) {
        at("photos", done + "/" + total, PHOTOS * done / total);
    }

    @Override
    public synchronized void step(String name, int done, int total) {
        boolean backbone = name.endsWith("backbone");
        if (backbone && stage.endsWith("heads")) {
            pass = Math.min(passes - 1, pass + 1);
        }
        double part = (double) done / total;
        double ofPass = backbone ? BACKBONE * part : BACKBONE + (1 - BACKBONE) * part;
        at(name, done + "/" + total, PHOTOS + NETWORK * (pass + ofPass) / passes);
    }

    /** @param done forms written before this one */
    void export(String form, int done, int total) {
        at("export", form, PHOTOS + NETWORK + EXPORTS * done / total);
    }

    private synchronized void at(String name, String detail, double now) {
        boolean entered = !name.equals(stage);
        stage = name;
        progress = Math.max(progress, now);
        if (entered || progress - told >= FINEST) {
            told = progress;
            listener.at(progress, name + " " + detail);
        }
    }
}
