package dev.langchain4j.rerank.examples;

import dev.langchain4j.service.Result;

/** The interface from which LangChain4j's AiServices creates a chatbot. */
interface Assistant {

    /** Answers from the retrieved passages; the sources of the result are the passages in the prompt. */
    Result<String> answer(String question);
}
