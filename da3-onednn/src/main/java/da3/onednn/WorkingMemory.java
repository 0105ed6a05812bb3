package da3.onednn;

/** What primitives work in: for every lane one piece of memory, as large as the largest that was asked for. */
final class WorkingMemory {

    private final Slab[] slabs;

    WorkingMemory(int lanes) {
        this.slabs = new Slab[lanes];
    }

    int lanes() {
        return slabs.length;
    }

    /** Called by the lane itself. */
    long of(int lane, long floats) {
        if (slabs[lane] == null || slabs[lane].floats < floats) {
            release(lane);
            slabs[lane] = new Slab(floats);
        }
        return slabs[lane].address;
    }

    private void release(int lane) {
        if (slabs[lane] != null) {
            slabs[lane].close();
            slabs[lane] = null;
        }
    }

    void release() {
        for (int lane = 0; lane < slabs.length; lane++) {
            release(lane);
        }
    }
}
