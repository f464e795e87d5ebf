"""Who counts as one requester: an IPv4 address, or the network of an IPv6 address that one household has."""

from ipaddress import IPv4Address, IPv6Network, ip_address


def requester(address: str) -> str:
    """What stands for an address of the network where attempts are counted; the same text where it is none.

    Whoever has one IPv6 address has 2^64 of them (RFC 6177), so the first 64 bits count.
    """
    try:
        number = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(number, IPv4Address):
        return str(number)
    if number.ipv4_mapped:
        return str(number.ipv4_mapped)
    return str(IPv6Network((number, 64), strict=False))
