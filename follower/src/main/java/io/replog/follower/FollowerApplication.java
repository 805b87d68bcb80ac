package io.replog.follower;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// Starts a follower.
@SpringBootApplication
public class FollowerApplication {

  public static void main(String[] args) {
    SpringApplication.run(FollowerApplication.class, args);
  }
}
