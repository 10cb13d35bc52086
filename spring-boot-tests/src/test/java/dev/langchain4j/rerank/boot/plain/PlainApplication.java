package dev.langchain4j.rerank.boot.plain;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Nothing but what is configured automatically. */
@SpringBootApplication
public class PlainApplication {}
