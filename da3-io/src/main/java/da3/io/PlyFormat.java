package da3.io;

/** How numbers of a PLY file are written. */
public enum PlyFormat {
    /** The least bytes, read by everything. */
    BINARY_LITTLE_ENDIAN("binary_little_endian"),
    /** Numbers that a person can read; floats lose nothing. */
    ASCII("ascii");

    private final String keyword;

    PlyFormat(String keyword) {
        this.keyword = keyword;
    }

    String keyword() {
        return keyword;
    }
}
