package da3.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProtoMessageTest {

    @Test
    void encodesFieldsAsSpecified() {
        byte[] message =
                new ProtoMessage().text(1, "a").fixed32(2, 1.5f).varint(3, 300).toBytes();
        assertThat(message).containsExactly(0x0a, 1, 'a', 0x15, 0, 0, 0xc0, 0x3f, 0x18, 0xac, 0x02);
    }

    @Test
    void negativeIntegersHaveTenBytes() {
        assertThat(new ProtoMessage().varint(1, -1).toBytes())
                .containsExactly(8, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1);
    }

    @Test
    void contentsMayFollowTheMessage() {
        byte[] start =
                new ProtoMessage().varint(1, 7).startOf(2, 3_000_000_000L).toBytes();
        assertThat(start).containsExactly(8, 7, 0x12, 0x80, 0xbc, 0xc1, 0x96, 0x0b);
        byte[] whole = new ProtoMessage().startOf(16, 2).toBytes();
        assertThat(whole).isEqualTo(new byte[] {(byte) 0x82, 1, 2});
    }
}
