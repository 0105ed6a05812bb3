package da3.onednn;

/** What primitives work in: for every worker one piece of memory, as large as the largest that was asked for. */
final class Scratchpads {

    private final AlignedBuffer[] slabs;

    Scratchpads(int workers) {
        this.slabs = new AlignedBuffer[workers];
    }

    int workers() {
        return slabs.length;
    }

    /** Called by the worker itself. */
    long of(int worker, long floats) {
        if (slabs[worker] == null || slabs[worker].floats < floats) {
            release(worker);
            slabs[worker] = new AlignedBuffer(floats);
        }
        return slabs[worker].address;
    }

    private void release(int worker) {
        if (slabs[worker] != null) {
            slabs[worker].close();
            slabs[worker] = null;
        }
    }

    void release() {
        for (int worker = 0; worker < slabs.length; worker++) {
            release(worker);
        }
    }
}
