package io.replog.master.replicate;

import io.replog.master.replicate.BatchReading.Encoded;
import io.replog.replication.master.MasterEffect.Send;

/// Every batch by a request of its own.
final class HttpLoads implements Loads {

  private final BatchReading reader;
  private final Transport http;

  HttpLoads(BatchReading reader, Transport http) {
    this.reader = reader;
    this.http = http;
  }

  @Override
  public Load of(Send batch) {
    Encoded read = reader.read(batch);
    return new Load(read.lastIndex(), read.json().length, atMost -> http.send(read.json(), atMost));
  }
}
