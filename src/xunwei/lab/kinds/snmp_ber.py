"""BER for SNMP (X.690; RFC 3417 section 8): what an agent needs, no more. Malformed input raises ValueError."""

from __future__ import annotations

INTEGER, STRING, NULL, OID, SEQUENCE = 0x02, 0x04, 0x05, 0x06, 0x30
IP, COUNTER32, GAUGE32, TICKS, OPAQUE, COUNTER64 = 0x40, 0x41, 0x42, 0x43, 0x44, 0x46
NO_OBJECT, NO_INSTANCE, END_OF_MIB = 0x80, 0x81, 0x82

Oid = tuple[int, ...]


def tlv(tag: int, content: bytes) -> bytes:
    """One element with a definite length."""
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(octets))) + octets + content


def integer(number: int, tag: int = INTEGER) -> bytes:
    """An integer of any tag, two's complement, shortest form."""
    length = (number.bit_length() if number >= 0 else (number + 1).bit_length()) // 8 + 1
    return tlv(tag, number.to_bytes(length, "big", signed=True))


def oid(numbers: Oid) -> bytes:
    """An object identifier."""
    if len(numbers) < 2 or numbers[0] > 2:
        raise ValueError(f"not an OID: {numbers}")
    content = bytearray()
    for number in (numbers[0] * 40 + numbers[1], *numbers[2:]):
        part = [number & 0x7F]
        while number := number >> 7:
            part.append(0x80 | number & 0x7F)
        content += bytes(reversed(part))
    return tlv(OID, bytes(content))


class Reader:
    """Elements of one constructed value, in order."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def more(self) -> bool:
        """Whether something follows."""
        return self.at < len(self.data)

    def element(self) -> tuple[int, bytes]:
        """(tag, content) of the next element."""
        if self.at + 2 > len(self.data):
            raise ValueError("cut off")
        tag, size = self.data[self.at], self.data[self.at + 1]
        self.at += 2
        if size & 0x80:
            count = size & 0x7F
            if not 0 < count <= 4:
                raise ValueError("length of a length")
            size = int.from_bytes(self.data[self.at : self.at + count], "big")
            self.at += count
        if self.at + size > len(self.data):
            raise ValueError("cut off")
        self.at += size
        return tag, self.data[self.at - size : self.at]

    def need(self, tag: int) -> bytes:
        """The content of the next element, which has this tag."""
        found, content = self.element()
        if found != tag:
            raise ValueError(f"tag {found:#x} where {tag:#x} belongs")
        return content

    def integer(self) -> int:
        """The next INTEGER."""
        content = self.need(INTEGER)
        if not 1 <= len(content) <= 9:
            raise ValueError("size of an integer")
        return int.from_bytes(content, "big", signed=True)

    def inside(self, tag: int = SEQUENCE) -> Reader:
        """A reader of the next element's content."""
        return Reader(self.need(tag))


def read_oid(content: bytes) -> Oid:
    """The numbers of an object identifier's content."""
    numbers: list[int] = []
    value = 0
    for octet in content:
        value = value << 7 | octet & 0x7F
        if not octet & 0x80:
            numbers.append(value)
            value = 0
    if not numbers or content[-1] & 0x80:
        raise ValueError("not an OID")
    first = min(numbers[0] // 40, 2)
    return (first, numbers[0] - 40 * first, *numbers[1:])
