package da3.io;

/** The encoding of numbers in a PLY file. */
public enum PlyFormat {
    /** The most compact encoding; all viewers read it. */
    BINARY_LITTLE_ENDIAN("binary_little_endian"),
    /** Human-readable numbers, with enough digits to restore each float exactly. */
    ASCII("ascii");

    private final String keyword;

    PlyFormat(String keyword) {
        this.keyword = keyword;
    }

    String keyword() {
        return keyword;
    }
}
