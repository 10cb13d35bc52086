package dev.langchain4j.rerank.examples;

import dev.langchain4j.service.Result;

/** What LangChain4j's AiServices makes a chatbot of. */
interface Assistant {

    /** Answers from the retrieved passages; the result's sources are the passages that the model was given. */
    Result<String> answer(String question);
}
