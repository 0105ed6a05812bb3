package da3.onednn;

/** Scratchpads of primitives: one buffer per worker, which grows to the largest size requested. */
final class Scratchpads {

    private final AlignedBuffer[] buffers;

    Scratchpads(int workers) {
        this.buffers = new AlignedBuffer[workers];
    }

    int workers() {
        return buffers.length;
    }

    /** Returns the address of a worker's buffer; called by the worker itself. */
    long address(int worker, long floats) {
        if (buffers[worker] == null || buffers[worker].floats < floats) {
            release(worker);
            buffers[worker] = new AlignedBuffer(floats);
        }
        return buffers[worker].address;
    }

    private void release(int worker) {
        if (buffers[worker] != null) {
            buffers[worker].close();
            buffers[worker] = null;
        }
    }

    void release() {
        for (int worker = 0; worker < buffers.length; worker++) {
            release(worker);
        }
    }
}
