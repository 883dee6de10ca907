package io.rankline.spark.training.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RingJoinTest {

  private static final RingSettings HASTY =
      Ranks.settings().secret("right").connectTimeout(Duration.ofSeconds(2)).build();

  @Test
  void aRankWithAnotherSecretIsRefusedOnBothSides() throws Exception {
    List<Throwable> faults = faults(HASTY, with("wrong"));

    assertThat(faults)
        .allSatisfy(
            fault ->
                assertThat(fault)
                    .isInstanceOf(RingException.class)
                    .message()
                    .matches(
                        // A rank that comes late finds that the other has given up.
                        "rank \\d at 127.0.0.1:\\d+ (is refused: it does not know the secret of the"
                            + " job.*|cannot be greeted: .*|cannot be reached within .*)"));
    assertThat(faults)
        .anyMatch(fault -> String.valueOf(fault.getMessage()).contains("does not know the secret"));
  }

  @Test
  void aRankWithoutASecretIsRefused() throws Exception {
    List<Throwable> faults = faults(HASTY, with(null));

    assertThat(faults)
        .anySatisfy(
            fault -> assertThat(fault).hasMessageContaining("or only one side has a secret"));
    assertThat(faults).allSatisfy(fault -> assertThat(fault).isInstanceOf(RingException.class));
  }

  @Test
  void aRankOfAnotherJobIsRefused() throws Exception {
    RingSettings other =
        Ranks.settings().secret("right").job("old").connectTimeout(Duration.ofSeconds(2)).build();

    assertThat(faults(HASTY, other))
        .anySatisfy(
            fault ->
                assertThat(fault)
                    .hasMessageContaining(
                        "it belongs to another job, or was given other addresses"));
  }

  /** Knows the protocol but not the secret: what a wrong proof meets. */
  @Test
  void aCallerThatPretendsToBeTheNeighbourGetsNowhereWithoutTheSecret() throws Exception {
    try (RingEndpoint zero = RingEndpoint.open(HASTY);
        RingEndpoint one = RingEndpoint.open(HASTY)) {
      List<String> addresses = List.of(zero.address(), one.address());
      int port = new Peer(0, zero.address()).socketAddress().getPort();

      ExecutorService threads = Executors.newFixedThreadPool(2);
      try (Socket pretender = new Socket(InetAddress.getLoopbackAddress(), port)) {
        Hello hello = Hello.of(1, addresses, HASTY);
        pretender.getOutputStream().write(hello.bytes());
        pretender.getOutputStream().write(new byte[Proof.BYTES]);
        List<Future<Integer>> joined = new ArrayList<>();
        for (RingEndpoint endpoint : List.of(zero, one)) {
          int rank = addresses.indexOf(endpoint.address());
          joined.add(threads.submit(() -> sumOfRanks(endpoint, addresses, rank)));
        }

        byte[] reply = pretender.getInputStream().readNBytes(Acceptor.REPLY_BYTES + 5);

        assertThat(reply).hasSize(Acceptor.REPLY_BYTES + 4).endsWith(0, 0, 0, 5);
        for (Future<Integer> sum : joined) {
          assertThat(sum.get()).isEqualTo(1);
        }
      } finally {
        threads.shutdownNow();
      }
    }
  }

  private static int sumOfRanks(RingEndpoint endpoint, List<String> addresses, int rank)
      throws IOException {
    try (Ring ring = endpoint.join(addresses, rank)) {
      double[] sum = {rank};
      ring.sum(sum);
      return (int) sum[0];
    }
  }

  @Test
  void strangersAreTurnedAwayAndDisturbNobody() throws Exception {
    List<RingEndpoint> endpoints = List.of(RingEndpoint.open(HASTY), RingEndpoint.open(HASTY));
    List<String> addresses = endpoints.stream().map(RingEndpoint::address).toList();
    List<Socket> strangers = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (String address : addresses) {
        int port = new Peer(0, address).socketAddress().getPort();
        for (int i = 0; i < 3; i++) {
          strangers.add(new Socket(InetAddress.getLoopbackAddress(), port));
        }
        // One says nothing, one sends a page request, one leaves at once.
        Socket talker = strangers.get(strangers.size() - 2);
        talker
            .getOutputStream()
            .write("GET / HTTP/1.1\r\n".repeat(20).getBytes(StandardCharsets.US_ASCII));
        strangers.get(strangers.size() - 1).close();
      }

      List<Future<Integer>> sums = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        int rank = i;
        sums.add(threads.submit(() -> sumOfRanks(endpoints.get(rank), addresses, rank)));
      }

      for (Future<Integer> sum : sums) {
        assertThat(sum.get()).isEqualTo(1);
      }
    } finally {
      threads.shutdownNow();
      for (Socket stranger : strangers) {
        stranger.close();
      }
    }
  }

  @Test
  void aRankThatNeverComesIsNamed() throws Exception {
    RingSettings settings = Ranks.settings().connectTimeout(Duration.ofMillis(300)).build();
    try (RingEndpoint here = RingEndpoint.open(settings);
        RingEndpoint absent = RingEndpoint.open(settings)) {
      List<String> addresses = List.of(here.address(), absent.address());
      assertThatThrownBy(() -> here.join(addresses, 0))
          .isInstanceOf(RingException.class)
          .hasMessage(
              "rank 1 at %s cannot be reached within 0.3 s (connectTimeout): it did not answer"
                  .formatted(absent.address()));
    }
  }

  @Test
  void portsThatAreAllTakenAreToldWithTheSetting() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      RingSettings settings = Ranks.settings().ports(port, 1).build();

      assertThatThrownBy(() -> RingEndpoint.open(settings))
          .isInstanceOf(RingException.class)
          .hasMessage(
              "no free port on 127.0.0.1 in %d to %d; raise portCount (one port for each rank of a machine), move firstPort, or set portCount to 0 for any free port"
                  .formatted(port, port));
    }
  }

  @Test
  void anAddressOfAnotherMachineCannotBeBound() {
    assertThatThrownBy(() -> RingEndpoint.open(RingSettings.builder("192.0.2.1").build()))
        .hasMessage(
            "cannot listen on any port of 192.0.2.1; bindAddress must be an address of this"
                + " machine");
  }

  @Test
  void theNextPortIsTakenWhereTheFirstIsBusy() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      try (RingEndpoint endpoint = RingEndpoint.open(Ranks.settings().ports(port, 20).build())) {
        assertThat(new Peer(0, endpoint.address()).socketAddress().getPort())
            .isBetween(port + 1, port + 19);
      }
    }
  }

  @Test
  void aListWithoutTheOwnAddressAtItsPlaceIsRefused() throws Exception {
    try (RingEndpoint endpoint = RingEndpoint.open(Ranks.settings().build())) {
      assertThatThrownBy(() -> endpoint.join(List.of("127.0.0.1:1", endpoint.address()), 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "addresses must hold %s at place 0, got [127.0.0.1:1, %s]"
                  .formatted(endpoint.address(), endpoint.address()));
    }
  }

  @Test
  void settingsTellEverythingThatIsOutOfRangeAndNeverTheSecret() {
    assertThatThrownBy(
            () -> RingSettings.builder(" ").ports(70_000, 2).chunkBytes(6).secret("").build())
        .hasMessage(
            "bindAddress must name a host; "
                + "firstPort must be such that 2 ports lie between 1 and 65535, got 70000; "
                + "secret must not be empty; null is for no authentication; "
                + "chunkBytes must be a multiple of 4 and above 0, got 6");
    assertThat(HASTY.toString()).contains("secret=set").doesNotContain("right");
  }

  private static RingSettings with(@org.jspecify.annotations.Nullable String secret) {
    return Ranks.settings().secret(secret).connectTimeout(Duration.ofSeconds(2)).build();
  }

  /** What two ranks with these settings end with when they try to join. */
  private static List<Throwable> faults(RingSettings first, RingSettings second) throws Exception {
    List<RingEndpoint> endpoints = List.of(RingEndpoint.open(first), RingEndpoint.open(second));
    List<String> addresses = endpoints.stream().map(RingEndpoint::address).toList();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<Ring>> joined = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        int rank = i;
        joined.add(threads.submit(() -> endpoints.get(rank).join(addresses, rank)));
      }
      List<Throwable> faults = new ArrayList<>();
      for (Future<Ring> end : joined) {
        faults.add(Ranks.fault(end));
      }
      return faults;
    } finally {
      threads.shutdownNow();
    }
  }
}
