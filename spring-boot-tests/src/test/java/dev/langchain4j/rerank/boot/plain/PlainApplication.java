package dev.langchain4j.rerank.boot.plain;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An application with auto-configured beans only. */
@SpringBootApplication
public class PlainApplication {}
