package io.rankline.server.model;

import io.rankline.server.status.StatusCode;

/**
 * Where a version stands.
 *
 * @param code OK, or why it could not be loaded
 * @param message of the fault; empty if there was none
 */
public record VersionStatus(long version, VersionState state, StatusCode code, String message) {}
