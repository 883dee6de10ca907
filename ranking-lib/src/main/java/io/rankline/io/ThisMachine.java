package io.rankline.io;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The machine that this process runs on. */
public final class ThisMachine {

  private ThisMachine() {}

  /** Its name; {@code localhost} where it does not know it. */
  public static String name() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
