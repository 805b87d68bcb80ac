package io.replog.master.trace;

import io.replog.node.log.NodeLog;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Lets traces know when entries were written.
@Configuration(proxyBeanMethods = false)
class TraceConfiguration {

  @Bean
  WrittenMoments writtenMoments(NodeLog log) {
    WrittenMoments moments = new WrittenMoments();
    log.noteMoments(moments::note);
    return moments;
  }
}
