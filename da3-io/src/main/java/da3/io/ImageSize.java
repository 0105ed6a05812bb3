package da3.io;

/** Of a photo, upright, in pixels. */
public record ImageSize(int width, int height) {

    public long pixels() {
        return (long) width * height;
    }
}
