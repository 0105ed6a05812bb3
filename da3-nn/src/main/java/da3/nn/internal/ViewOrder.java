package da3.nn.internal;

/** The working order of views: the reference view first, the others as they were. */
public final class ViewOrder {

    private ViewOrder() {}

    /** For each place in the working order, the caller's view. */
    public static int[] referenceFirst(int views, int reference) {
        int[] order = new int[views];
        for (int i = 0; i < views; i++) {
            order[i] = i == 0 ? reference : i <= reference ? i - 1 : i;
        }
        return order;
    }

    /** The order that undoes another. */
    public static int[] inverse(int[] order) {
        int[] inverse = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            inverse[order[i]] = i;
        }
        return inverse;
    }
}
