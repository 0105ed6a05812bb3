package da3.io;

/** The size of an upright image in pixels. */
public record ImageSize(int width, int height) {

    public long pixels() {
        return (long) width * height;
    }
}
