package da3.nn.internal;

/** The order of views in the backbone: the reference view first, the others in their original order. */
public final class ViewOrder {

    private ViewOrder() {}

    /** Returns the original index of every view in that order. */
    public static int[] referenceFirst(int views, int reference) {
        int[] order = new int[views];
        for (int i = 0; i < views; i++) {
            order[i] = i == 0 ? reference : i <= reference ? i - 1 : i;
        }
        return order;
    }

    /** Returns the inverse permutation. */
    public static int[] inverse(int[] order) {
        int[] inverse = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            inverse[order[i]] = i;
        }
        return inverse;
    }
}
