package io.rankline.pipeline.boosting;

import java.time.Duration;

/**
 * A process's place among those that grow trees together.
 *
 * @param meeting {@link GrowerMeeting#address}
 * @param rank number of the process, from 0; sums are made in this order
 * @param port that it listens on; 0 for any free one
 * @param silence how long another process may stay away
 */
public record GrowerSeat(String meeting, int rank, int port, Duration silence) {}
