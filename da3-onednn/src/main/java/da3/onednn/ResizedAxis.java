package da3.onednn;

/** For every target position the source position before it, and how far it is from there to the next. */
final class ResizedAxis {
    final int[] before;
    final int[] after;
    final float[] share;

    ResizedAxis(int source, int target) {
        this.before = new int[target];
        this.after = new int[target];
        this.share = new float[target];
        for (int i = 0; i < target; i++) {
            double position = target == 1 ? 0 : (double) i * (source - 1) / (target - 1);
            before[i] = Math.min((int) position, source - 1);
            after[i] = Math.min(before[i] + 1, source - 1);
            share[i] = (float) (position - before[i]);
        }
    }

    /** The first target position that reads source position {@code wanted}, or one after which all that do come. */
    int firstFrom(int wanted) {
        int low = 0;
        int high = before.length;
        while (low < high) { // positions before the source ascend
            int middle = (low + high) >>> 1;
            if (before[middle] < wanted - 1) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** By how much target position {@code i} weighs source position {@code wanted}. */
    float shareOf(int i, int wanted) {
        return (before[i] == wanted ? 1 - share[i] : 0) + (after[i] == wanted ? share[i] : 0);
    }
}
