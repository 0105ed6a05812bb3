package da3.onnx;

/** An element type of ONNX tensors; the codes are those of {@code TensorProto.DataType}. */
enum ElementType {
    FLOAT(1, Float.BYTES),
    UINT8(2, 1),
    INT8(3, 1),
    INT32(6, Integer.BYTES),
    INT64(7, Long.BYTES);

    private final int code;
    private final int bytes;

    ElementType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    int code() {
        return code;
    }

    /** Returns the size of a value in bytes. */
    int bytes() {
        return bytes;
    }
}
