package io.rankline.spark.training.collective;

import java.net.InetSocketAddress;

/** A rank and where it listens, as messages name it. */
record Peer(int rank, String address) {

  @Override
  public String toString() {
    return "rank " + rank + " at " + address;
  }

  /** The address in parts; resolves a host name. */
  InetSocketAddress socketAddress() {
    int colon = address.lastIndexOf(':');
    String host = colon < 0 ? "" : address.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    try {
      if (host.isEmpty()) {
        throw new NumberFormatException("no host");
      }
      return new InetSocketAddress(host, Integer.parseInt(address.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "address of rank " + rank + " must be host:port, got '" + address + "'", e);
    }
  }

  /** A host and port as one text; an IPv6 address goes into brackets. */
  static String address(String host, int port) {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
