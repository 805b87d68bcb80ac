package io.replog.replication.simulation;

/// How bad the network is at present. Probabilities are 0 to 1, of one message.
///
/// @param minLatencyNanos of one way
/// @param maxLatencyNanos of one way; a wide range reorders
/// @param requestLoss a request vanishes
/// @param answerLoss an answer vanishes although the request was served
/// @param reset the connection breaks, before or after the request was served
/// @param doubling a request arrives twice
record NetworkWeather(
    long minLatencyNanos,
    long maxLatencyNanos,
    double requestLoss,
    double answerLoss,
    double reset,
    double doubling) {

  static final NetworkWeather FAIR = new NetworkWeather(200_000, 400_000, 0, 0, 0, 0);
}
