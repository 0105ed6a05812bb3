package da3.server.tasks;

import da3.nn.Progress;

/** Combines the steps of a task into one progress from 0 to 1 that never decreases, and reports it in steps of 1 %. */
final class TaskProgress implements Progress {

    private static final double IMAGES = 0.1;
    private static final double NETWORK = 0.7;
    private static final double EXPORTS = 1 - IMAGES - NETWORK;

    /** Share of the backbone in the time of a network; the heads take the rest. */
    private static final double BACKBONE = 0.8;

    private static final double MIN_STEP = 0.01;

    /** A listener for the progress of a task. */
    @FunctionalInterface
    interface Listener {
        void progress(double progress, String stage);
    }

    private final int passes;
    private final Listener listener;
    private int pass;
    private String stage = "";
    private double progress;
    private double reported = -1;

    /** @param passes number of network passes */
    TaskProgress(int passes, Listener listener) {
        this.passes = passes;
        this.listener = listener;
    }

    void image(int done, int total) {
        report("photos", done + "/" + total, IMAGES * done / total);
    }

    @Override
    public synchronized void step(String name, int done, int total) {
        boolean backbone = name.endsWith("backbone");
        if (backbone && stage.endsWith("heads")) {
            pass = Math.min(passes - 1, pass + 1);
        }
        double part = (double) done / total;
        double ofPass = backbone ? BACKBONE * part : BACKBONE + (1 - BACKBONE) * part;
        report(name, done + "/" + total, IMAGES + NETWORK * (pass + ofPass) / passes);
    }

    /**
     * Reports the frames of a stream after each window, however small the progress, since viewers then ask for the map.
     *
     * @param done number of frames so far
     * @param expected number of frames of the whole stream, an estimate
     */
    void frames(int done, int expected) {
        always("frames", done + "/" + Math.max(done, expected), NETWORK * Math.min(1.0, (double) done / expected));
    }

    /** @param tested number of loops tested so far */
    void loops(int tested) {
        always("loops", Integer.toString(tested), NETWORK);
    }

    private synchronized void always(String name, String detail, double now) {
        reported = -1;
        report(name, detail, now);
    }

    /** @param done number of formats written before this one */
    void export(String format, int done, int total) {
        report("export", format, IMAGES + NETWORK + EXPORTS * done / total);
    }

    private synchronized void report(String name, String detail, double now) {
        boolean isNewStage = !name.equals(stage);
        stage = name;
        progress = Math.max(progress, now);
        if (isNewStage || progress - reported >= MIN_STEP) {
            reported = progress;
            listener.progress(progress, name + " " + detail);
        }
    }
}
