/**
 * The assembled jar on real clusters, each a few processes of this machine.
 *
 * <p>Start at {@link io.rankline.cluster.SparkSubmit}, which runs what a user would type, and at
 * {@link io.rankline.cluster.StandaloneCluster}, {@link io.rankline.cluster.HdfsCluster} and {@link
 * io.rankline.cluster.YarnCluster}, which it runs on. Daemons come from Maven artifacts, listen on
 * free ports of the loopback interface, and end with the JVM that started them.
 */
@NullMarked
package io.rankline.cluster;

import org.jspecify.annotations.NullMarked;
